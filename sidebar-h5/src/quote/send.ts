type Said = { ok: true; answer: Record<string, unknown> } | { ok: false; words: string }

/** One request of the page. What failed comes back in words for the customer. */
export async function send(path: string, body: object | Blob, keepalive = false): Promise<Said> {
  const json = !(body instanceof Blob)
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': json ? 'application/json' : 'application/octet-stream' },
      body: json ? JSON.stringify(body) : body,
      keepalive,
    })
    const answer = await response.json()
    if (response.ok) return { ok: true, answer }
    return { ok: false, words: answer?.error?.words ?? '没有发出去，请再试一次' }
  } catch {
    return { ok: false, words: '网络好像断了，请再试一次' }
  }
}
