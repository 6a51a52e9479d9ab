/**
 * 会话内容存档 is read through a native library that the customer installs, the Finance SDK:
 * https://developer.work.weixin.qq.com/document/path/91774. This is its shape, function by function; what gives its result
 * through a slice in C gives `data` here. The binding of the library and a module that stands in for it have these names; each may be async.
 */
export type FinanceSdk = {
  NewSdk(): unknown
  /** 0 is well. */
  Init(sdk: unknown, corpId: string, secret: string): MaybeLater<number>
  /** `data` is JSON: `{errcode, errmsg, chatdata: […]}`. Gives what follows `seq`, at most 1000. */
  GetChatData: (
    sdk: unknown,
    seq: number,
    limit: number,
    proxy: string,
    password: string,
    timeoutSeconds: number,
  ) => MaybeLater<SdkResult>
  /** `randomKey` as our private key opened it; `data` is the record's JSON. */
  DecryptData(randomKey: string, encryptedMessage: string): MaybeLater<SdkResult>
  /** One part of a file, about 512 KB; `index` is empty for the first, then what the part before gave. A stand-in may lack it. */
  GetMediaData?: (
    sdk: unknown,
    index: string,
    fileId: string,
    proxy: string,
    password: string,
    timeoutSeconds: number,
  ) => MaybeLater<MediaChunk>
  DestroySdk(sdk: unknown): MaybeLater<void>
}

type MaybeLater<T> = T | Promise<T>
/** `ret` is the SDK's own code: https://developer.work.weixin.qq.com/document/path/91552. */
export type SdkResult = { ret: number; data: string }
/** As the library's MediaData: where the next part begins, and whether this was the last (not 0). */
export type MediaChunk = { ret: number; data: Uint8Array; outindexbuf: string; isFinish: number }

const names = ['NewSdk', 'Init', 'GetChatData', 'DecryptData', 'DestroySdk'] as const

/** Throws with the names that a module lacks. */
export function asFinanceSdk(module: Record<string, unknown>): FinanceSdk {
  const missing = names.filter((name) => typeof module[name] !== 'function')
  if (missing.length > 0) throw new Error(`the module of WECOM_FINANCE_SDK does not export ${missing.join(', ')}`)
  return module as FinanceSdk
}
