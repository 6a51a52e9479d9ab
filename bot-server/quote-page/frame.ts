import { type Html, html } from './html.js'
import type { Assets } from './page-view.js'

type Page = { title: string; desc: string; assets: Assets | null; body: Html; data?: Record<string, string>; image?: string }

/** The document around a page. Nothing of it may be indexed, and no other site learns its address. */
export function frame({ title, desc, assets, body, data = {}, image }: Page): string {
  const attributes = Object.entries(data).map(([name, value]) => html` data-${name}="${value}"`)
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex, nofollow, noarchive">
<meta name="referrer" content="same-origin">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f4f5f7">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#16181c">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${title}</title><meta name="description" content="${desc}">
<meta property="og:title" content="${title}"><meta property="og:description" content="${desc}">${image ? html`<meta property="og:image" content="${image}">` : null}
<link rel="icon" href="data:,">${assets ? html`<link rel="stylesheet" href="${assets.style}"><script type="module" src="${assets.script}"></script>` : null}
</head><body${attributes}>${body}</body></html>`.html
}
