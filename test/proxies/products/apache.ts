import { chmodSync, mkdirSync } from 'node:fs';
import { type Product } from '../harness/product.js';

/** What Debian has switched on. */
const usual = ['mpm_event', 'authz_core', 'reqtimeout', 'deflate', 'filter', 'setenvif'];
const cache = ['cache', 'cache_disk'];
/** Debian's a2enmod brings what each of these needs. */
const needs = ['socache_shmcb', 'slotmem_shm', 'proxy'];

const compressed =
  'text/html text/css text/javascript text/event-stream ' +
  'application/json application/problem+json';

export const apache: Product = {
  name: 'Apache',
  scheme: 'https',
  caches: true,
  command: (snippets, { folder, port, localize }, write) => {
    mkdirSync(`${folder}/cache`);
    chmodSync(`${folder}/cache`, 0o777);
    const site = write('desk.conf', localize(snippets.block('apache')));
    const modules = [...usual, ...cache, ...needs, ...snippets.after('a2enmod').split(' ')];
    const around = `
      ServerName desk.example
      PidFile ${folder}/apache.pid
      ErrorLog ${folder}/error.log
      DefaultRuntimeDir ${folder}
      ${modules.map((name) => `Include /etc/apache2/mods-available/${name}.load`).join('\n')}
      User www-data
      Group www-data
      Listen ${port}
      AddOutputFilterByType DEFLATE ${compressed}
      CacheRoot ${folder}/cache
      CacheEnable disk /
      Include ${site}`;
    return { program: 'apache2', args: ['-f', write('apache2.conf', around), '-D', 'FOREGROUND'] };
  },
};

/**
 * Of one connection over HTTP/2 no more than six requests are in hand at a
 * time, as if it had only begun.
 */
export const smallApache: Product = {
  ...apache,
  command: (snippets, place, write) =>
    apache.command(snippets, place, (name, text) =>
      write(name, name === 'apache2.conf' ? `${text}\nH2MinWorkers 6\nH2MaxWorkers 6\n` : text),
    ),
};
