import { Failed } from '../failed.js'
import type { Recording } from './host.js'

/** First what every phone plays, then what this browser writes. */
const FORMATS = ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']
/** Speech, not music: a minute is a fifth of a megabyte. */
const BITS_PER_SECOND = 24_000

/** https://www.w3.org/TR/mediastream-recording/ */
export async function recordVoice(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }).catch((error: unknown) => {
    const isRefused = error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError')
    throw new Failed('refused', isRefused ? '没有麦克风权限，允许之后再试，或者写一句' : '用不了麦克风，写一句也行')
  })
  const letGo = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  try {
    const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format))
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType ? { mimeType } : {}) })
    const parts: Blob[] = []
    recorder.ondataavailable = ({ data }) => parts.push(data)
    const ended = new Promise<Blob>((resolve) => {
      // Also when the microphone goes away by itself: what was said until then is kept.
      recorder.onstop = () => resolve(new Blob(parts, { type: recorder.mimeType }))
    })
    recorder.start()
    return {
      stop: async () => {
        if (recorder.state !== 'inactive') recorder.stop()
        const voice = await ended
        letGo()
        return voice
      },
      cancel: letGo,
    }
  } catch {
    letGo()
    throw new Failed('refused', '这台手机录不了音，写一句也行')
  }
}
