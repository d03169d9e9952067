import { readdir, readFile, readlink } from 'node:fs/promises';

/** TCP ports by the inode of the socket that listens on them, on this machine. */
async function listeners(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      // sl local_address rem_address st … inode, where 0A is LISTEN (proc_net_tcp).
      const fields = line.trim().split(/\s+/);
      if (fields[3] !== '0A') continue;
      const [, port] = fields[1].split(':');
      found.set(fields[9], parseInt(port, 16));
    }
  }
  return found;
}

/** What files a process has open; `undefined` when the system does not tell. */
async function filesOf(pid: number): Promise<string[] | undefined> {
  const folder = `/proc/${pid}/fd`;
  const entries = await readdir(folder).catch(() => undefined);
  return entries?.map(fd => `${folder}/${fd}`);
}

/** On which ports some processes listen, whether somebody else does on one port, and the most files one has open. */
export async function listening(
  pids: number[],
  port: number,
): Promise<{ own: number[]; takenByOther: boolean; openFiles: number }> {
  const all = await listeners();
  const own = new Set<number>();
  let openFiles = 0;
  let sure = pids.length > 0;
  for (const pid of pids) {
    const files = await filesOf(pid);
    if (!files) sure = false;
    openFiles = Math.max(openFiles, files?.length ?? 0);
    for (const file of files ?? []) {
      const link = await readlink(file).catch(() => '');
      const [, inode] = /^socket:\[(\d+)\]$/.exec(link) ?? [];
      const listened = inode === undefined ? undefined : all.get(inode);
      if (listened !== undefined) own.add(listened);
    }
  }
  return {
    own: [...own],
    openFiles,
    takenByOther: sure && !own.has(port) && [...all.values()].includes(port),
  };
}
