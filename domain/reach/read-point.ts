import { Refused } from '../../lib/errors.js'
import type { PointChannel } from './reach.contract.js'

/** The eleven digits of a mainland mobile, however it was written; null: it is none. */
export function readMobile(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '').replace(/^(?:\+|00)?86(?=1\d{10}$)/, '')
  return /^1[3-9]\d{9}$/.test(digits) ? digits : null
}

/** A mail address as it is kept: the part after @ in small letters. */
export function readMail(text: string): string | null {
  const [, box, host] = /^([^\s@<>",;]{1,64})@((?:[a-z0-9-]+\.)+[a-z]{2,})$/i.exec(text.trim()) ?? []
  return box && host ? `${box}@${host.toLowerCase()}` : null
}

export const readPoint = (channel: PointChannel, text: string) => (channel === 'sms' ? readMobile(text) : readMail(text))

export function getPoint(channel: PointChannel, text: string): string {
  const value = readPoint(channel, text)
  if (!value) throw new Refused('bad-point', channel === 'sms' ? '要 11 位的大陆手机号' : '邮箱写得不对')
  return value
}

/** 138****5678, w***i@yonggu.example: enough to know one's own by. */
export function maskPoint(channel: PointChannel, value: string): string {
  if (channel === 'sms') return `${value.slice(0, 3)}****${value.slice(-4)}`
  const at = value.lastIndexOf('@')
  const box = [...value.slice(0, at)]
  return `${box[0] ?? ''}***${box.length > 2 ? box.at(-1) : ''}${value.slice(at)}`
}
