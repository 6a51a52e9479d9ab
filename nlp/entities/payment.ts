import type { PaymentEntity } from './entity.js'

const N = '(?:\\d{1,3}|[一二两三四五六七八九十百半]{1,4})'
const SHARE = '(?:\\d{1,3}\\s?%|百分之[\\d一二三四五六七八九十]+|[\\d一二两三四五六七八九]成|一半)'

/** Terms of payment, as one phrase: 月结30天, 账期60天, 货到付款, 预付三成, 3-6-1, 银行承兑. */
const TERMS = [
  new RegExp(
    `(?:月结|账期|帐期|票到|货到|到货后?|验收后?|开票后?|收货后?)\\s?${N}\\s?(?:个)?(?:工作日|天|日|月)(?:内|后)?(?:付款|结款|结清|付清|打款|付)?`,
    'g',
  ),
  new RegExp(
    `(?<=账期|帐期|结算|账期[改调延放拉]?[成到为长宽至]?|账期能[不否]能[改调延放]?[成到为长宽至]?)\\s?${N}\\s?(?:个)?(?:天|日|月)`,
    'g',
  ),
  /(?:货到|款到|见款|见票|票到|验收(?:合格)?后?|到货后?|发货前|提货前|收货后?|装完|用完)(?:再)?(?:付款|发货|付全款|付清|结清|结款|打款|付)/g,
  /押[一二两三]付[一二三四六]/g,
  /月结\s?\d{2,3}(?!\d|\s?[天日号%])/g,
  /(?:月结|季度?结|周结|日结|年结|现汇|半月结|现结|现款现货|现款|滚动结算|压[一二两]?批|压货结|实销实结|寄售|挂账|赊账|铺货)/g,
  new RegExp(
    `(?:预付|首付|定金|订金|尾款|质保金|保证金|进度款)\\s?(?:款|比例)?(?:能否|能不能|可以|可不可以)?(?:是|为|改[成为]?|调[到成]|降[到成]|付|给|留|先付|做到)?\\s?${SHARE}`,
    'g',
  ),
  new RegExp(
    `(?:签约|签合同|上线|验收|到货|货到|发货前?|安装|完工|调试|试模|铺贴|装完)(?:验收)?(?:完|后|时|前)?(?:再|先)?(?:付(?:款)?)?\\s?${SHARE}`,
    'g',
  ),
  new RegExp(`(?:先|首|再)付(?:款)?\\s?${SHARE}|(?:留|扣)\\s?${SHARE}\\s?(?:做|作|的|当)?(?:质保金|尾款|保证金)`, 'g'),
  /(?<!\d)[1-9]\s?[-:/]\s?[1-9]\s?[-:/]\s?[1-9](?!\d)/g,
  /(?:银行|商业|商|电子?)?承兑(?:汇票)?|银承|商承|信用证|电汇|[tT]\/[tT]|全款|分期(?:付款)?|分[两二三四五六\d]期|对公(?:转账)?|公对公|先票后款|先款后货|先货后款/g,
]

const WORTH = /[结期付款账帐承兑金汇赊寄售铺分电信挂]|[tT]\/|\d\s?[-:/]\s?\d/

export function readPayments(text: string): PaymentEntity[] {
  if (!WORTH.test(text)) return []
  const found: PaymentEntity[] = []
  for (const pattern of TERMS) {
    for (const match of text.matchAll(pattern)) {
      const from = match.index
      const to = from + match[0].length
      if (found.some((p) => from < p.to && p.from < to)) continue
      found.push({ kind: 'payment', from, to, words: match[0].trim() })
    }
  }
  return found.sort((a, b) => a.from - b.from)
}
