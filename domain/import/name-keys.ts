import { coreOf } from '../first-contact/same-company.js'

/** A company's name as it is compared, by the one rule for 「the same company」. */
export const companyKey = (name: string): string => coreOf(name)

/** A person's name: width, case and blanks don't count, nor 先生 or 女士 behind it; 「王总」 stays what it is. */
export const personKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
    .replace(/(?<=.{2})(?:先生|女士|小姐)$/, '')
