// Writes one measurement: first the draft of its definition where there is none, then the proof, then the value.
import { api } from '@/api/client';
import type { LevelRow } from '@/api/method';
import { useSend } from '@/api/queries';
import type { GenmeiRecord } from '@/api/types';
import { useFormat } from '@/app/format';
import { useSession } from '@/app/session';
import { isFloor } from '@/design/level';

interface Measurement {
  service: string;
  definition: string | undefined;
  row: LevelRow | undefined;
  value: number | null;
  from: string;
  to: string;
  provenance: string;
  note: string;
  file: File | null;
}

export function useMeasure({ service, definition, row, value, from, to, provenance, note, file }: Measurement) {
  const format = useFormat();
  const { session } = useSession();
  const level = row?.required ?? row?.reference ?? row?.sla ?? null;
  const limit = level && !level.free ? Number(level.value) : NaN;
  return useSend(async () => {
    let id = definition;
    if (!id && row) {
      const made = await api.post<GenmeiRecord>('/records/measurement-definition', {
        fields: {
          title: format.text(row.label),
          evaluation_item: row.item,
          services: [service],
          unit: level?.unit,
          operator: isFloor(level) ? 'at-least' : 'at-most',
          target: Number.isFinite(limit) ? limit : undefined,
          must_reach: Boolean(row.reference?.must_reach),
          measurer: session.person,
          owner: session.person,
          source: 'manual',
        },
      });
      id = made.id;
    }
    let evidence: string[] | undefined;
    if (file) {
      const stored = await api.upload<{ id: string }>('/files', file);
      const proof = await api.post<GenmeiRecord>('/records/evidence', {
        fields: {
          title: file.name,
          type: 'log',
          source: provenance === 'measured' ? 'system' : 'person',
          file: stored.id,
          provenance,
          taken_at: new Date().toISOString(),
          period_from: from,
          period_to: to,
        },
      });
      evidence = [proof.id];
    }
    return api.post('/records/measurement', {
      fields: {
        definition: id,
        service,
        period_from: from,
        period_to: to,
        value,
        provenance,
        explanation: note || undefined,
        evidence,
      },
    });
  });
}
