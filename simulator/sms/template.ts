import type { SmsSettings } from '../settings.js'
import type { SmsState } from '../state/sms.js'

const GAP = /\{(\w+)\}/g

/** The names of the gaps, in their order. */
export const gapsOf = (settings: SmsSettings): string[] => [...settings.template.matchAll(GAP)].map((m) => m[1] ?? '')

export function fillTemplate(settings: SmsSettings, values: Record<string, string>): string {
  return `【${settings.signName}】${settings.template.replace(GAP, (_, name: string) => values[name] ?? '')}`
}

export const isSignApproved = (settings: SmsSettings, sms: SmsState, name: string): boolean =>
  sms.signApproved && settings.signName !== null && name === settings.signName

export const isTemplateApproved = (settings: SmsSettings, sms: SmsState, id: string): boolean =>
  sms.templateApproved && settings.templateId !== null && id === settings.templateId

/** Operators refuse links and long words in the gaps of a template. */
export const hasLink = (value: string): boolean => /https?:\/\/|www\.|\b[\w-]+\.(com|cn|net)\b/i.test(value)
export const isTooLong = (value: string): boolean => [...value].length > 35
