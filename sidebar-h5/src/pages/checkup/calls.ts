import { checkup, checkupNames } from '../../../../domain/checkup/checkup.contract.js'
import { request } from '../../request.js'

export type Asked = { item: string; rep?: string }

export const getCheckup = (days: number) => request(checkup, `/api/checkup?days=${days}`)
export const getNames = (days: number, asked: Asked, after: string | null) =>
  request(
    checkupNames,
    `/api/checkup/names?${new URLSearchParams({ days: String(days), ...asked, ...(after ? { after } : {}) })}`,
  )
