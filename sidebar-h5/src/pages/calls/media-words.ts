import type { MediaView } from '../../../../domain/message/media.contract.js'

const KINDS: Record<MediaView['kind'], string> = { image: '图片', voice: '语音', video: '视频', file: '文件', emotion: '表情' }

/** Its name, else what it is. A voice is AMR, which browsers do not play: said before somebody waits for it. */
export const mediaWords = ({ kind, name, state }: Pick<MediaView, 'kind' | 'name' | 'state'>): string =>
  name ?? (kind === 'voice' && state === 'here' ? '语音（下载后用手机播放）' : KINDS[kind])

/** 「 · 2.1 MB」; nothing where nobody said. */
export function sizeWords(bytes: number | null): string {
  if (!bytes) return ''
  return bytes < 1024 * 1024 ? ` · ${Math.max(1, Math.round(bytes / 1024))} KB` : ` · ${(bytes / 1024 / 1024).toFixed(1)} MB`
}
