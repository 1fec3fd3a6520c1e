// The state of the first hour: which step, which service, what was answered. Everything entered is a record on the
// server as soon as a step is left; here only the place in the guide is remembered.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api, recordOf } from '@/api/client';
import type { Delta } from '@/api/method';
import { refresh, useRecord, useRecords } from '@/api/queries';
import type { GenmeiRecord } from '@/api/types';
import { isApiError, type ApiError } from '@/api/problem';
import { useSearch } from '@/app/navigation';

export const STEPS = ['organisation', 'service', 'data', 'parts', 'pattern', 'standards', 'plan'] as const;
export type Step = (typeof STEPS)[number];

export interface OrganisationFields {
  name?: string;
  name_en?: string;
  business?: string;
  fiscal_year_start?: number;
}

export interface ServiceFields {
  name?: string;
  description?: string;
  service_type?: string | null;
  personal_data?: boolean | null;
  trade_secret?: boolean | null;
  stop_effect?: string | null;
  configuration_case?: number | null;
  linked_services?: string[];
  standards?: string[];
  pattern?: number | null;
}

const PLACE = 'first-hour';

interface Place {
  service: string | null;
  reached: number;
}

function readPlace(): Place {
  try {
    const stored = JSON.parse(localStorage.getItem(PLACE) ?? 'null') as Place | null;
    if (stored) return stored;
  } catch {
    // Nothing stored, or storage is forbidden: start from the records.
  }
  return { service: null, reached: 0 };
}

export function useSetup() {
  const client = useQueryClient();
  const [search, setSearch] = useSearch();
  const [place, setPlace] = useState<Place>(readPlace);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const fresh = search.new === '1';
  const organisations = useRecords<OrganisationFields>('organisation', { limit: 1 });
  const organisation = organisations.data?.items[0];
  const unfinished = useRecords<ServiceFields>(
    'service',
    { state: 'planned', sort: '-updated_at', limit: 5 },
    { enabled: !fresh && !place.service },
  );
  const serviceId =
    search.service ??
    (fresh ? null : (place.service ?? unfinished.data?.items.find((one) => !one.fields.standards?.length)?.id ?? null));
  const page = useRecord<ServiceFields>('service', serviceId ?? '-', {}, { enabled: Boolean(serviceId) });
  const service = serviceId ? page.data?.record : undefined;
  const asked = STEPS.indexOf(search.step as Step);
  const step: Step = STEPS[asked >= 0 ? asked : fresh ? 1 : organisation?.fields.name ? 1 : 0] ?? 'organisation';

  useEffect(() => {
    // A service that is gone (removed, or of another data folder) must not hold the guide up.
    if (page.error?.status === 404 && place.service) setPlace({ service: null, reached: 0 });
  }, [page.error, place.service]);
  useEffect(() => {
    try {
      localStorage.setItem(PLACE, JSON.stringify(place));
    } catch {
      // Then the guide resumes from the records alone.
    }
  }, [place]);

  const goTo = useCallback(
    (next: Step, id?: string) => {
      setSearch({ step: next, new: null, service: id ?? serviceId });
      setPlace((now) => ({ service: id ?? serviceId, reached: Math.max(now.reached, STEPS.indexOf(next)) }));
    },
    [setSearch, serviceId],
  );

  const attempt = useCallback(
    async <T>(write: () => Promise<T>): Promise<T | undefined> => {
      setSaving(true);
      setError(null);
      try {
        const result = await write();
        setSavedAt(new Date());
        await refresh(client, ['/records', '/home', '/services', '/session']);
        return result;
      } catch (failure) {
        if (isApiError(failure)) setError(failure);
        else throw failure;
        return undefined;
      } finally {
        setSaving(false);
      }
    },
    [client],
  );

  const saveOrganisation = useCallback(
    (fields: OrganisationFields) =>
      attempt(async () =>
        recordOf(
          await (organisation
            ? api.patch<GenmeiRecord>(`/records/organisation/${organisation.id}`, { fields }, organisation.revision)
            : api.post<GenmeiRecord>('/records/organisation', { fields })),
        ),
      ),
    [attempt, organisation],
  );
  const saveService = useCallback(
    (fields: ServiceFields) =>
      attempt(async () =>
        recordOf(
          await (service
            ? api.patch<GenmeiRecord>(`/records/service/${service.id}`, { fields }, service.revision)
            : api.post<GenmeiRecord>('/records/service', { fields })),
        ),
      ),
    [attempt, service],
  );
  const plan = useCallback(
    (standards: string[], apply: boolean) =>
      attempt<Delta>(() => api.post(`/services/${serviceId ?? ''}/plan`, { changes: {}, standards, apply })),
    [attempt, serviceId],
  );
  const write = attempt;
  const ready = !organisations.isPending && (!serviceId || !page.isPending);
  return useMemo(
    () => ({
      step,
      reached: Math.max(place.reached, STEPS.indexOf(step)),
      organisation,
      service,
      serviceId,
      goTo,
      saveOrganisation,
      saveService,
      plan,
      write,
      savedAt,
      saving,
      error,
      ready,
      loadError: organisations.error,
    }),
    [
      step,
      place.reached,
      organisation,
      service,
      serviceId,
      goTo,
      saveOrganisation,
      saveService,
      plan,
      write,
      savedAt,
      saving,
      error,
      ready,
      organisations.error,
    ],
  );
}

export type Setup = ReturnType<typeof useSetup>;
