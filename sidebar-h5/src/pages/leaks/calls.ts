import { leakNames, leakReport } from '../../../../domain/leak/leak.contract.js'
import { request } from '../../request.js'

/** Which of the names: by what the number was counted. */
export type Asked = { outcome?: string; source?: string; channel?: string; rep?: string; week?: string }

export const getReport = (weeks: number) => request(leakReport, `/api/leaks?weeks=${weeks}`)
export const getNames = (weeks: number, asked: Asked, after: string | null) =>
  request(leakNames, `/api/leaks/names?${new URLSearchParams({ weeks: String(weeks), ...asked, ...(after ? { after } : {}) })}`)
