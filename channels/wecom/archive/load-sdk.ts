import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { asFinanceSdk, type FinanceSdk } from './port.js'

/** The customer's native library, or outside production a module with the same functions. Throws words for the administrator. */
export async function loadSdk(path: string, production: boolean): Promise<FinanceSdk> {
  if (/\.(so|dll)(\.\d+)*$/i.test(path)) {
    // Only here: who reads no archive need not be able to load native code.
    const { bindNative } = await import('./bind-native.js')
    return bindNative(resolve(path))
  }
  if (production) throw new Error('正式环境的 WECOM_FINANCE_SDK 只能是企业微信的 Finance SDK 动态库')
  if (!/\.(ts|js|mjs)$/.test(path)) throw new Error('WECOM_FINANCE_SDK 要指向 .so 动态库，或者一个 .ts、.js、.mjs 模块')
  return asFinanceSdk(await import(pathToFileURL(resolve(path)).href))
}
