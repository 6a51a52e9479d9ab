import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { asFinanceSdk, type FinanceSdk } from './port.js'

/** Throws, in words for the administrator, when there is nothing to load. */
export async function loadSdk(path: string, production: boolean): Promise<FinanceSdk> {
  if (/\.(so|dll)(\.\d+)*$/i.test(path)) {
    throw new Error('这个版本还不能直接加载企业微信的 Finance SDK 动态库，请先不设置 WECOM_FINANCE_SDK，侧边栏可用粘贴')
  }
  if (production) throw new Error('正式环境的 WECOM_FINANCE_SDK 只能是企业微信的 Finance SDK 动态库')
  if (!/\.(ts|js|mjs)$/.test(path)) throw new Error('WECOM_FINANCE_SDK 要指向一个 .ts、.js 或 .mjs 模块')
  return asFinanceSdk(await import(pathToFileURL(resolve(path)).href))
}
