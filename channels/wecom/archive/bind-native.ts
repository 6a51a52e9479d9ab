import { promisify } from 'node:util'
import koffi, { type LibraryHandle } from 'koffi'
import type { FinanceSdk, MediaChunk, SdkResult } from './port.js'

type Pointer = bigint | null
type KoffiFunction = ReturnType<LibraryHandle['func']>
type Call = (...args: unknown[]) => Promise<number>

/**
 * The functions that the native Finance SDK exports, from its WeWorkFinanceSdk_C.h:
 * https://developer.work.weixin.qq.com/document/path/91774. Slices and media are read by the library's own functions, so
 * that nothing here depends on how they are laid out. What may take time runs on a thread of its own: the child must still
 * hear that its parent is gone. Throws, in words for the administrator, when it is no such library.
 */
export function bindNative(path: string): FinanceSdk {
  const lib = load(path)
  const native = (name: string, result: string, args: string[]): KoffiFunction => {
    try {
      return lib.func(name, result, args)
    } catch {
      throw new Error(`WECOM_FINANCE_SDK 不是企业微信的 Finance SDK：动态库里没有 ${name}`)
    }
  }
  const slow = (name: string, args: string[]): Call => promisify(native(name, 'int', args).async) as Call
  const of = (name: string, result: string) => native(name, result, ['void *'])

  const newSdk = native('NewSdk', 'void *', [])
  const init = slow('Init', ['void *', 'str', 'str'])
  const destroySdk = of('DestroySdk', 'void')
  const getChatData = slow('GetChatData', ['void *', 'uint64_t', 'uint32_t', 'str', 'str', 'int', 'void *'])
  const decryptData = slow('DecryptData', ['str', 'str', 'void *'])
  const getMediaData = slow('GetMediaData', ['void *', 'str', 'str', 'str', 'str', 'int', 'void *'])
  const slice = { make: native('NewSlice', 'void *', []), free: of('FreeSlice', 'void') }
  const sliceParts = { content: of('GetContentFromSlice', 'void *'), length: of('GetSliceLen', 'int') }
  const media = { make: native('NewMediaData', 'void *', []), free: of('FreeMediaData', 'void') }
  const mediaData = { content: of('GetData', 'void *'), length: of('GetDataLen', 'int') }
  const mediaIndex = { content: of('GetOutIndexBuf', 'void *'), length: of('GetIndexLen', 'int') }
  const isMediaDataFinish = of('IsMediaDataFinish', 'int')

  const sliced = (call: (into: Pointer) => Promise<number>): Promise<SdkResult> =>
    lent(slice, async (into) => {
      const ret = await call(into)
      return { ret, data: ret === 0 ? bytesOf(sliceParts, into).toString('utf8') : '' }
    })

  return {
    NewSdk: () => newSdk(),
    Init: (sdk, corpId, secret) => init(sdk, corpId, secret),
    DestroySdk: (sdk) => void destroySdk(sdk),
    GetChatData: (sdk, seq, limit, proxy, password, timeoutSeconds) =>
      sliced((into) => getChatData(sdk, seq, limit, proxy, password, timeoutSeconds, into)),
    DecryptData: (randomKey, message) => sliced((into) => decryptData(randomKey, message, into)),
    GetMediaData: (sdk, index, fileId, proxy, password, timeoutSeconds) =>
      lent(media, async (into): Promise<MediaChunk> => {
        const ret = await getMediaData(sdk, index, fileId, proxy, password, timeoutSeconds, into)
        if (ret !== 0) return { ret, data: Buffer.alloc(0), outindexbuf: '', isFinish: 0 }
        const outindexbuf = bytesOf(mediaIndex, into).toString('utf8')
        return { ret, data: bytesOf(mediaData, into), outindexbuf, isFinish: isMediaDataFinish(into) }
      }),
  }
}

function load(path: string) {
  try {
    return koffi.load(path)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`WECOM_FINANCE_SDK 的动态库加载不了，请核对路径、系统架构与 openssl 版本：${why}`)
  }
}

/** What the library lends is given back whatever happens, and is read only before that. */
async function lent<T>(of: { make: KoffiFunction; free: KoffiFunction }, use: (it: Pointer) => Promise<T>): Promise<T> {
  const it: Pointer = of.make()
  try {
    return await use(it)
  } finally {
    of.free(it)
  }
}

/** A copy: the memory goes back to the library. */
function bytesOf(parts: { content: KoffiFunction; length: KoffiFunction }, from: Pointer): Buffer {
  const [at, length]: [Pointer, number] = [parts.content(from), parts.length(from)]
  return at && length > 0 ? Buffer.from(koffi.decode(at, 'uint8_t', length)) : Buffer.alloc(0)
}
