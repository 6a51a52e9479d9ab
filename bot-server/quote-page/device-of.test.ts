import { expect, it } from 'vitest'
import { deviceOf } from './device-of.js'

it.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.49', 'iPhone · 微信'],
  [
    'Mozilla/5.0 (Linux; Android 14; V2238A) AppleWebKit/537.36 Chrome/116.0 wxwork/4.1.22 MicroMessenger/7.0.1',
    '安卓手机 · 企业微信',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36', 'Windows 电脑 · 浏览器'],
  ['Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0', '鸿蒙手机 · 浏览器'],
  ['', '其他设备 · 浏览器'],
])('%s: %s', (userAgent, words) => expect(deviceOf(userAgent)).toBe(words))
