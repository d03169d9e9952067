import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A repository that tests commit to. */
export class Repository {
  constructor(
    readonly gitDir: string,
    readonly url: string,
  ) {
    mkdirSync(gitDir, { recursive: true });
    this.git('init', '--quiet', '--bare', '--initial-branch', 'main');
    this.git('config', 'uploadpack.allowFilter', 'true');
  }

  git(...args: string[]): string {
    return execFileSync('git', ['--git-dir', this.gitDir, ...args], {
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Ada Lovelace',
        GIT_AUTHOR_EMAIL: 'ada@example.com',
        GIT_COMMITTER_NAME: 'Ada Lovelace',
        GIT_COMMITTER_EMAIL: 'ada@example.com',
      },
      encoding: 'utf8',
      input: args[0] === 'hash-object' ? 'content' : '',
    }).trim();
  }

  /** Commits with nothing but a file; on `main`, after what is there. */
  commit(message: string, { branch = 'main', after }: CommitOptions = {}) {
    const blob = this.git('hash-object', '-w', '--stdin');
    const tree = execFileSync('git', ['--git-dir', this.gitDir, 'mktree'], {
      input: `100644 blob ${blob}\tfile\n`,
      encoding: 'utf8',
    }).trim();
    const parent = after ?? this.head(branch);
    const sha = this.git(
      'commit-tree',
      tree,
      ...(parent ? ['-p', parent] : []),
      '-m',
      message,
    );
    this.git('update-ref', `refs/heads/${branch}`, sha);
    return sha;
  }

  head(branch: string): string | undefined {
    try {
      return this.git(
        'rev-parse',
        '--verify',
        '--quiet',
        `refs/heads/${branch}`,
      );
    } catch {
      return undefined;
    }
  }
}

interface CommitOptions {
  branch?: string;
  after?: string;
}

/** A host of git repositories: git's own HTTP backend behind TLS, with a certificate that nobody knows. */
export class GitHost {
  readonly directory = mkdtempSync(join(tmpdir(), 'slipway-git-host-'));
  /** How often somebody fetched. */
  fetches = 0;
  /** Asked of everybody when set. */
  credentials?: string;
  /** Sent instead of an answer when set. */
  redirectsTo?: string;

  readonly #server: Server;

  private constructor() {
    const pems = generate([{ name: 'commonName', value: 'localhost' }], {
      keySize: 2048,
      algorithm: 'sha256',
      days: 1,
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
    });
    writeFileSync(this.certificate, pems.cert);
    this.#server = createServer(
      { key: pems.private, cert: pems.cert },
      (request, response) => this.#answer(request, response),
    );
  }

  static async start(): Promise<GitHost> {
    const host = new GitHost();
    await new Promise<void>(resolve => {
      host.#server.listen(0, '127.0.0.1', resolve);
    });
    return host;
  }

  get host(): string {
    return `localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  get certificate(): string {
    return join(this.directory, 'certificate.pem');
  }

  /** A repository with branch `main`, shown as Gitea would. */
  repository(name: string): Repository {
    return new Repository(
      join(this.directory, 'shop', `${name}.git`),
      `https://${this.host}/shop/${name}`,
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
    rmSync(this.directory, { recursive: true, force: true });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { headers, method, url = '/' } = request;
    if (this.redirectsTo) {
      response.writeHead(301, { location: `${this.redirectsTo}${url}` }).end();
      return;
    }
    if (this.credentials && headers.authorization !== this.credentials) {
      response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
      return;
    }
    const [path, query = ''] = url.split('?');
    if (path.endsWith('/git-upload-pack')) this.fetches += 1;
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.directory,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        REQUEST_METHOD: method,
        // Hosts serve a repository with and without the suffix.
        PATH_INFO: path.replace(/^(\/shop\/[^/.]+)\//, '$1.git/'),
        QUERY_STRING: query,
        CONTENT_TYPE: headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
        REMOTE_ADDR: '127.0.0.1',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    // What asks may leave before all has been read.
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    const output: Buffer[] = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.on('close', () => {
      const all = Buffer.concat(output);
      const end = all.indexOf('\r\n\r\n');
      const lines = all.subarray(0, end).toString().split('\r\n');
      let status = 200;
      for (const line of lines) {
        const [name, value] = line.split(/: (.*)/);
        if (name === 'Status') status = Number.parseInt(value, 10);
        else if (value) response.setHeader(name, value);
      }
      response.writeHead(status).end(all.subarray(end + 4));
    });
  }
}
