import type { Host } from './host.js'

/** Older webviews, and pages without TLS, have no recorder. What records is fetched when somebody speaks. */
export function canRecord(): Host['record'] {
  if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices?.getUserMedia) return null
  return async () => (await import('./record-voice.js')).recordVoice()
}
