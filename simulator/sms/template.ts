import type { SmsSettings } from '../settings.js'
import type { SmsState } from '../state/sms.js'

const GAP = /\{(\w+)\}/g

/** The names of the gaps, in their order. */
export const gapsOf = (settings: SmsSettings, id: string): string[] =>
  [...(settings.templates[id] ?? '').matchAll(GAP)].map((m) => m[1] ?? '')

export function fillTemplate(settings: SmsSettings, id: string, values: Record<string, string>): string {
  return `【${settings.signName}】${(settings.templates[id] ?? '').replace(GAP, (_, name: string) => values[name] ?? '')}`
}

export const isSignApproved = (settings: SmsSettings, sms: SmsState, name: string): boolean =>
  sms.signApproved && settings.signName !== null && name === settings.signName

export const isTemplateApproved = (settings: SmsSettings, sms: SmsState, id: string): boolean =>
  sms.templateApproved && Object.hasOwn(settings.templates, id)

/** Operators refuse links and long words in the gaps of a template. */
export const hasLink = (value: string): boolean => /https?:\/\/|www\.|\b[\w-]+\.(com|cn|net)\b/i.test(value)
export const isTooLong = (value: string): boolean => [...value].length > 35
