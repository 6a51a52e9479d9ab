import { ChannelError } from '../../channel-error.js'
import { archiveRefusal } from './errors.js'
import type { MediaPart } from './messages.js'
import type { FinanceSdk } from './port.js'

const timeoutSeconds = 15

/** One part of a file that a record names by its sdkfileid. https://developer.work.weixin.qq.com/document/path/91774 */
export async function pullMedia(
  { sdk, handle }: { sdk: FinanceSdk; handle: unknown },
  { fileId, index }: { fileId: string; index: string },
): Promise<MediaPart> {
  const method = 'GetMediaData'
  if (!sdk.GetMediaData) throw new ChannelError({ method, code: 'sdk', kind: 'give-up', hint: '这个 Finance SDK 不能下载文件' })
  const { ret, data, outindexbuf, isFinish } = await sdk.GetMediaData(handle, index, fileId, '', '', timeoutSeconds)
  if (ret !== 0) throw archiveRefusal(method, ret)
  return { data, nextIndex: outindexbuf, finished: isFinish !== 0 }
}
