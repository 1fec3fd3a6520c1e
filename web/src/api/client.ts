// The one way to the server. Adds the language, the CSRF token, If-Match and the moment looked at; turns problem
// bodies into ApiError; a 401 hands over to whoever registered with onSignedOut. Writing while looking at a past
// moment is refused here, before anything is sent.
import { asOfStore } from '@/app/asOf';
import { languageStore } from '@/app/preferences';
import { ApiError, type Problem } from './problem';

const BASE = '/api/v1';

export type QueryValue = string | number | boolean | null | undefined;
export type Query = Record<string, QueryValue>;

export interface Answer<T> {
  data: T;
  etag: string | null;
  status: number;
}

interface Options {
  query?: Query;
  body?: unknown;
  /** Revision the change was made on; sent as If-Match. */
  revision?: number;
  signal?: AbortSignal;
  idempotencyKey?: string;
}

let csrf = '';
let signedOut: () => void = () => undefined;
let refusal: () => string = () => '';

export const setCsrf = (token: string): void => void (csrf = token);
export const onSignedOut = (listener: () => void): void => void (signedOut = listener);
/** Words for the two refusals that are made here and not by the server. */
export const setRefusalText = (text: (code: 'offline' | 'pastReadOnly') => string): void => {
  refusal = () => text('pastReadOnly');
  offlineText = () => text('offline');
};
let offlineText: () => string = () => '';

// Reads that the server can answer as of a past moment.
const asOfPaths = [/^\/records\//, /^\/services\//, /^\/posture/, /^\/assessments\//, /^\/reports\//];

export function url(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.append(key, String(value));
  }
  const moment = asOfStore.get();
  if (moment && !params.has('as_of') && asOfPaths.some((pattern) => pattern.test(path))) params.set('as_of', moment);
  const text = params.toString();
  return `${BASE}${path}${text ? `?${text}` : ''}`;
}

async function problemOf(response: Response): Promise<ApiError> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  return new ApiError(
    {
      status: response.status,
      code: problem.code ?? `http.${response.status}`,
      title: problem.title,
      detail: problem.detail,
      errors: problem.errors,
    },
    body,
  );
}

async function send<T>(method: string, path: string, options: Options = {}): Promise<Answer<T>> {
  const writes = method !== 'GET';
  if (writes && asOfStore.get() && !path.startsWith('/session')) {
    throw new ApiError({ status: 0, code: 'ui.past-read-only', detail: refusal() });
  }
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': languageStore.get() });
  if (writes && csrf) headers.set('X-CSRF-Token', csrf);
  if (options.revision !== undefined) headers.set('If-Match', `"${options.revision}"`);
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey);
  let body: BodyInit | undefined;
  if (options.body instanceof FormData) {
    body = options.body;
  } else if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json');
    body = JSON.stringify(options.body);
  }
  let response: Response;
  try {
    response = await fetch(url(path, options.query), {
      method,
      headers,
      body,
      signal: options.signal,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({ status: 0, code: 'ui.offline', detail: offlineText() });
  }
  if (!response.ok) {
    const error = await problemOf(response);
    if (error.status === 401 && !path.startsWith('/session')) signedOut();
    throw error;
  }
  const etag = response.headers.get('ETag');
  if (response.status === 204) return { data: undefined as T, etag, status: 204 };
  const text = await response.text();
  return { data: (text ? JSON.parse(text) : undefined) as T, etag, status: response.status };
}

/** A write answers with the record, alone or inside the page of the record; callers always get the record. */
export const recordOf = <T extends { revision: number }>(answer: T | { record: T }): T =>
  'record' in answer ? answer.record : answer;

export const api = {
  get: async <T>(path: string, query?: Query, signal?: AbortSignal) =>
    (await send<T>('GET', path, { query, signal })).data,
  post: async <T>(path: string, body?: unknown, options?: Omit<Options, 'body'>) =>
    (await send<T>('POST', path, { ...options, body })).data,
  patch: async <T>(path: string, body: unknown, revision?: number) =>
    (await send<T>('PATCH', path, { body, revision })).data,
  put: async <T>(path: string, body: unknown, revision?: number) =>
    (await send<T>('PUT', path, { body, revision })).data,
  delete: async <T = void>(path: string) => (await send<T>('DELETE', path)).data,
  upload: async <T>(path: string, file: File | Blob, query?: Query) => {
    const form = new FormData();
    form.append('file', file);
    return (await send<T>('POST', path, { query, body: form })).data;
  },
  /** With status and ETag, where 202 (a job was started) and 200 must be told apart. */
  full: send,
};
