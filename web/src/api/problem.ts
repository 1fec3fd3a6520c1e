// What the server says when it refuses (RFC 9457), as an error that pages can show word for word.
export interface FieldProblem {
  code: string;
  /** JSON pointer, cell or line. */
  place: string;
  message: string;
}

export interface Problem {
  status: number;
  code: string;
  title?: string;
  detail?: string;
  errors?: FieldProblem[];
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldProblem[];
  /** The whole body: `record.stale` carries both versions, `record.referenced` what hangs on the record. */
  readonly body: unknown;

  constructor(problem: Problem, body?: unknown) {
    super(problem.detail ?? problem.title ?? problem.code);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.errors = problem.errors ?? [];
    this.body = body ?? problem;
  }

  /** Messages for one field of a record: `/name` or `/fields/name`. */
  forField(name: string): string | undefined {
    return this.errors.find((e) => e.place === `/${name}` || e.place === `/fields/${name}`)?.message;
  }

  /** The network is gone: nothing reached the server. */
  get offline(): boolean {
    return this.code === 'ui.offline';
  }
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError;
