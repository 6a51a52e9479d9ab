import { expect, it } from 'vitest'
import { createCensor } from './censor.js'
import { strangersIn } from './read-settings.js'

it('knows the names of .env.example and of further callbacks, and asks about others that look like ours', () => {
  const names = [
    'WECOM_SECERT',
    'WECOM_SECRET',
    'WECOM_KF_TOKEN',
    'WECOM_KF_AES_KEY',
    'MAIL_FORM',
    'MAIL_FROM',
    'VERIFY_FILES',
    'QUOTE_URl',
    'WECHAT_MP_APPID',
    'EDITOR',
  ]
  expect(strangersIn(names)).toEqual(['WECOM_SECERT', 'MAIL_FORM', 'QUOTE_URl'])
})

it('cuts secrets out, of an address the password, and leaves what people must read', () => {
  const censor = createCensor({
    WECOM_SECRET: 'app-secret',
    WECOM_TOKEN: ' callback-token ',
    DATABASE_URL: 'postgresql://bulou:p%40ssword@db.example.com/bulou',
    MAIL_URL: 'smtp://bulou:half%price@mail.example.com',
    PUBLIC_URL: 'https://bulou.cn',
    WECOM_CORP_ID: 'ww1234567890',
  })
  expect(censor('app-secret callback-token p%40ssword p@ssword half%price')).toBe('… … … … …')
  expect(censor('https://bulou.cn db.example.com ww1234567890')).toBe('https://bulou.cn db.example.com ww1234567890')
})
