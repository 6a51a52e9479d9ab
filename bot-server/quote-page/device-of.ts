const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/HarmonyOS|OpenHarmony/, '鸿蒙手机'],
  [/Android/, '安卓手机'],
  [/Windows/, 'Windows 电脑'],
  [/Macintosh/, 'Mac 电脑'],
]
const APPS: [RegExp, string][] = [
  [/wxwork/i, '企业微信'],
  [/MicroMessenger/i, '微信'],
  [/DingTalk/i, '钉钉'],
]

const named = (list: [RegExp, string][], userAgent: string) => list.find(([is]) => is.test(userAgent))?.[1]

/** 「iPhone · 微信」: as much as a person would say of a device, by what its browser calls itself. */
export const deviceOf = (userAgent: string): string =>
  [named(SYSTEMS, userAgent) ?? '其他设备', named(APPS, userAgent) ?? '浏览器'].join(' · ')
