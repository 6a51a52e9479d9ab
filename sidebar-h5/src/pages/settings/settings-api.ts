import * as z from 'zod/mini'
import {
  type CalmDraft,
  calmHistory,
  calmPage,
  calmPreview,
  dryRun,
  kindPage,
  type LadderDraft,
  ladderHistory,
  preview,
  settingsPage,
} from '../../../../domain/reminders/settings/settings.contract.js'
import { request } from '../../request.js'

/** The calls of these pages alone: they and their contracts stay out of the sidebar's first chunk. */

const saved = z.object({ version: z.int(), moved: z.int() })
export type Saving<D> = { requestId: string; expected: number; value: D }

const ROOT = '/api/settings'
const post = (body: unknown) => ({ method: 'POST' as const, body })

export const getSettings = () => request(settingsPage, `${ROOT}/reminders`)

export const kindCalls = (kind: string) => {
  const path = `${ROOT}/reminders/${encodeURIComponent(kind)}`
  return {
    load: () => request(kindPage, path),
    preview: (value: LadderDraft) => request(preview, `${path}/preview`, post({ value })),
    dryRun: (value: LadderDraft) => request(dryRun, `${path}/dry-run`, post({ value })),
    save: (body: Saving<LadderDraft>) => request(saved, path, post(body)),
    history: () => request(ladderHistory, `${path}/history`),
  }
}

export const calmCalls = {
  load: () => request(calmPage, `${ROOT}/calm`),
  preview: (value: CalmDraft) => request(calmPreview, `${ROOT}/calm/preview`, post({ value })),
  dryRun: (value: CalmDraft) => request(dryRun, `${ROOT}/calm/dry-run`, post({ value })),
  save: (body: Saving<CalmDraft>) => request(saved, `${ROOT}/calm`, post(body)),
  history: () => request(calmHistory, `${ROOT}/calm/history`),
}
