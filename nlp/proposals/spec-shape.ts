import { normalize } from '../normalize.js'

const COLOUR =
  /^(?:深|浅|亮|哑光|哑|磨砂|大|藏|米|天|宝|墨|草|玫瑰|香槟)?(?:红|黑|白|灰|蓝|绿|黄|银|金|紫|棕|粉|咖啡|咖|橙|青|褐|原木|本|透明|彩|木|胡桃木?)色?$/
const MATERIAL =
  /不锈钢|碳钢|合金钢|合金|镀锌|热镀锌|达克罗|发黑|铝|黄铜|紫铜|铜|尼龙|塑料|塑钢|橡胶|硅胶|钛|陶瓷|玻璃|实木|板材|真皮|布艺|网布|皮质|纯棉|棉|涤纶|丝|羊毛|牛皮|PVC|PPR|PE|PP|ABS|铸铁|木|纸|进口|国产|医用级|食品级|工业级|防水|阻燃|防火|加厚|加长|加宽|带锁|无线|有线/

const UNIT_WORDS: [RegExp, string][] = [
  [/(?<=\d)\s?(?:公斤|千克)/g, 'kg'],
  [/(?<=\d)\s?毫升/g, 'ml'],
  [/(?<=\d)\s?升/g, 'l'],
  [/(?<=\d)\s?克/g, 'g'],
  [/(?<=\d)\s?毫米/g, 'mm'],
  [/(?<=\d)\s?厘米/g, 'cm'],
]

/** The words without their numbers: two sizes of one shape (M8*30, M8*40; 7孔, 9孔; 304, 201) stand for each other. */
export function shapeOf(words: string): string | null {
  const text = UNIT_WORDS.reduce((out, [said, sign]) => out.replace(said, sign), normalize(words))
    .replace(/\s+/g, '')
    .replace(/的$/, '')
    .toLowerCase()
    .replace(/x/g, '*')
  if (text === '' || text.length > 16) return null
  if (COLOUR.test(text)) return 'colour'
  if (/^(?:x{0,3}[sml]|\d{2,3}|均|大|中|小|加大|特大)[码号]$|^x{0,3}[sml]$/.test(text)) return 'size'
  if (/版$|款$|型$/.test(text) && text.length <= 8) return text.slice(-1)
  if (/\d/.test(text)) return text.replace(/\d+(?:\.\d+)?/g, '0').replace(/[一-龥]{3,}/g, '')
  if (/^[一二两三四五六八\d]出[一二两三四五六八\d]$/.test(text)) return '0出0'
  const counted = /^([一二两三四五六七八九十]{1,2})(孔|芯|寸|室|居|层|人位|人|开|门|座|厅)/.exec(text)
  if (counted) return `0${counted[2]}`
  const plural = /^[单双三四多两](通道|面|层|头|门|开|槽|杆|屏|卡|色|排|仓|抽|口|核|联|轴|机位|人位)$/.exec(text)
  if (plural) return `0${plural[1]}`
  if (MATERIAL.test(text) && text.length <= 8) return 'material'
  return null
}

/** The part of these words that has the shape: the 304 in 「304 六角螺栓」. */
export function findShape(words: string, shape: string): string | null {
  for (const part of words.split(/[\s,，/、;；|]+/))
    if (part !== '' && (shapeOf(part) === shape || shapeOf(/^\d+(?:\.\d+)?[a-zA-Z]+/.exec(part)?.[0] ?? '') === shape))
      return part
  return shapeOf(words) === shape ? words : null
}
