import { type Html, html } from './html.js'

/** Who looks at it, faintly over the whole page: a picture of the screen says whose it is. Presentation attributes, because the page's policy lets no inline style in. */
export const watermark = (words: string): Html => html`<svg class="mark" aria-hidden="true" width="100%" height="100%">
<defs><pattern id="mark" width="260" height="150" patternUnits="userSpaceOnUse" patternTransform="rotate(-22)">
<text x="8" y="40" font-size="12">${words}</text><text x="120" y="112" font-size="12">${words}</text></pattern></defs>
<rect width="100%" height="100%" fill="url(#mark)"/></svg>`
