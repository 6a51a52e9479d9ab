/** Copies without the clipboard API too, which is missing on plain http and in older webviews. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.style.cssText = 'position:fixed;top:0;opacity:0'
    // Inside an open <dialog> everything else is inert, so the helper must stand in it.
    const stage = document.querySelector('dialog[open]') ?? document.body
    stage.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    if (!done) throw new Error('copy refused')
  }
}
