// Finds a Chromium that really runs here and can draw Chinese, or fetches one. With BULOU_CHROMIUM set, that one is used.
import { createReadStream, createWriteStream, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { fetchApt, fetchNpm, hasCommand, keepInCache } from './host/fetch.mjs'
import { writeAtomic } from './host/files.mjs'
import { cacheFolder, isRoot } from './host/paths.mjs'
import { mustRun, run } from './host/process.mjs'

/** @returns the path of an executable that takes Chromium's own arguments. */
export async function findBrowser(say) {
  if (process.env.BULOU_CHROMIUM) return process.env.BULOU_CHROMIUM
  for (const find of [installed, fetchedEarlier, installByApt, fetchPacked]) {
    const found = await find(say).catch((error) => {
      say(`No Chromium that way: ${error.message.split('\n')[0]}`)
      return null
    })
    if (found && (await run(found, ['--version'])).code === 0) return withChinese(found, say)
  }
  throw new Error(
    `The browser tests need Chromium and could not get one by themselves. ${advice()} Or set BULOU_CHROMIUM to its path.`,
  )
}

async function installed() {
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  if (existsSync(mac)) return mac
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const { code, output } = await run('/bin/sh', ['-c', `command -v ${name}`])
    if (code === 0) return output.trim()
  }
  return null
}

async function installByApt(say) {
  if (!isRoot || !(await hasCommand('apt-get'))) return null
  say('Installing Chromium and a Chinese font (apt-get install chromium fonts-noto-cjk, once)…')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await mustRun('apt-get', ['-qq', 'update'], { env })
  await mustRun('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { env })
  return installed()
}

// A Chromium packed for servers, with the libraries that bare systems lack. Needs no administrator; x64 only.
const packed = 'chromium-147.0.0'
const launcher = () => join(cacheFolder(), packed, 'run.sh')

const fetchedEarlier = async () => (existsSync(launcher()) ? launcher() : null)

async function fetchPacked(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  say('Fetching Chromium (68 MB, once)…')
  await keepInCache(packed, async (folder) => {
    const fetched = await fetchNpm(`${packed}-package`, '@sparticuz/chromium@147.0.0')
    const bin = join(fetched, 'bin')
    await unpack(join(bin, 'chromium.br'), join(folder, 'chromium'))
    for (const name of ['al2023', 'swiftshader']) {
      await unpack(join(bin, `${name}.tar.br`), join(folder, `${name}.tar`))
      await mustRun('tar', ['-xf', `${name}.tar`], { cwd: folder })
      rmSync(join(folder, `${name}.tar`))
    }
    // It is moved as a whole: the script finds its own place.
    const script = '#!/bin/sh\nhere=$(dirname "$0")\nLD_LIBRARY_PATH="$here/lib:$here" exec "$here/chromium" "$@"\n'
    writeFileSync(join(folder, 'run.sh'), script, { mode: 0o755 })
    rmSync(fetched, { recursive: true, force: true })
  })
  return launcher()
}

const unpack = (from, to) => pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }))

/** Where the system has no Chinese font, one is fetched and shown to this browser alone. */
async function withChinese(chromium, say) {
  if (await hasChineseFont()) return chromium
  if (isRoot && (await hasCommand('apt-get'))) {
    say('Installing a Chinese font (apt-get install fonts-noto-cjk, once)…')
    await mustRun('apt-get', ['-qq', 'update'])
    await mustRun('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'fonts-noto-cjk'])
    return chromium
  }
  if (!(await hasCommand('apt-get')))
    throw new Error('The browser tests need a Chinese font, for example Noto Sans CJK: install one with your package manager.')
  say('Fetching a Chinese font…')
  const fonts = await fetchApt('fonts-wqy-microhei', 'fonts-wqy-microhei')
  const conf = join(cacheFolder(), 'fonts.conf')
  const system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
  writeAtomic(
    conf,
    `<?xml version="1.0"?><fontconfig>${system}<dir>${fonts}</dir><cachedir>${fonts}/cache</cachedir></fontconfig>\n`,
  )
  const script = join(cacheFolder(), 'chromium-with-chinese.sh')
  writeAtomic(script, `#!/bin/sh\nFONTCONFIG_FILE='${conf}' exec '${chromium}' "$@"\n`, 0o755)
  return script
}

async function hasChineseFont() {
  if (process.platform === 'darwin') return true
  const { code, output } = await run('fc-list', [':lang=zh-cn', 'family'])
  if (code === 0) return output.trim() !== ''
  const known = /noto.*cjk|wqy|source-?han|droidsansfallback|uming|ukai/i
  return existsSync('/usr/share/fonts') && readdirSync('/usr/share/fonts', { recursive: true }).some((name) => known.test(name))
}

function advice() {
  if (process.platform === 'darwin') return 'Run: brew install --cask google-chrome'
  if (existsSync('/etc/alpine-release')) return 'Run: apk add chromium font-noto-cjk'
  if (existsSync('/etc/redhat-release')) return 'Run: sudo dnf install -y chromium google-noto-sans-cjk-fonts'
  return 'Run: sudo apt-get install -y chromium fonts-noto-cjk'
}
