import { complain } from './answers'
import { send } from './send'

/** A photo needs no more to be read. */
const MOST_PIXELS = 2_400
const LARGE = 2 * 1024 * 1024

/** 盖章回传: a photo or a PDF. */
export function setUpStamp(token: string): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  const label = input?.closest('label')
  if (!input || !label) return
  input.addEventListener('change', async () => {
    const [file] = input.files ?? []
    if (!file || label.classList.contains('busy')) return
    label.classList.add('busy')
    const said = await send(`/q/${token}/stamp`, await shrink(file))
    label.classList.remove('busy')
    input.value = ''
    if (said.ok) location.reload()
    else complain(label.closest('.card') ?? label, said.words)
  })
}

/** A phone's photo is several megabytes, and may be of a kind that only that phone shows: both end here. What can't be drawn is sent as it is. */
async function shrink(file: File): Promise<Blob> {
  if (!file.type.startsWith('image/') || (file.size < LARGE && /jpeg|png/.test(file.type))) return file
  const url = URL.createObjectURL(file)
  try {
    const image = Object.assign(new Image(), { src: url })
    await image.decode()
    const scale = Math.min(1, MOST_PIXELS / Math.max(image.naturalWidth, image.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.naturalWidth * scale)
    canvas.height = Math.round(image.naturalHeight * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob>((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), 'image/jpeg', 0.85))
  } catch {
    return file
  } finally {
    URL.revokeObjectURL(url)
  }
}
