import { expect, it } from 'vitest'
import { readSettings } from './settings.js'

it('refuses to start in production, whatever else is set', () => {
  expect(() => readSettings({ NODE_ENV: 'production' })).toThrow(/never starts in production/)
})

it('names every setting that is missing', () => {
  expect(() => readSettings({})).toThrow(/STANDIN_PORT[\s\S]*STANDIN_JOURNAL[\s\S]*WECOM_AES_KEY/)
})
