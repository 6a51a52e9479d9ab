/** What no text column and no JSON column takes: NUL, and half a character as cutting in the middle of an emoji leaves it. */
const UNKEEPABLE = /\0|\p{Surrogate}/gu

/** The same value with texts that a database can keep, however deep they lie. Nothing that a person can see is lost. */
export function tidy<T>(value: T): T {
  if (typeof value === 'string') return value.replace(UNKEEPABLE, '') as T
  if (Array.isArray(value)) return value.map(tidy) as T
  if (value && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, tidy(inner)])) as T
  return value
}
