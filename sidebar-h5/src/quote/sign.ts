import SignaturePad from 'signature_pad'

export type Signature = { read(): string | null; clear(): void }

/** Ink on white, whatever the phone's colours are: it is printed. */
const INK = '#1a1e25'
/** No larger than a paper needs. */
const MOST_RATIO = 2

/** A place to sign in. `read` is a PNG as a data URL; null while nothing is drawn. */
export function startSignature(place: HTMLElement): Signature {
  const canvas = place.querySelector('canvas')
  if (!canvas) throw new Error('no canvas to sign on')
  const ratio = Math.min(devicePixelRatio || 1, MOST_RATIO)
  canvas.width = canvas.offsetWidth * ratio
  canvas.height = canvas.offsetHeight * ratio
  canvas.getContext('2d')?.scale(ratio, ratio)
  const pad = new SignaturePad(canvas, { penColor: INK, backgroundColor: '#ffffff' })
  place.scrollIntoView({ block: 'center' })
  return { read: () => (pad.isEmpty() ? null : pad.toDataURL('image/png')), clear: () => pad.clear() }
}
