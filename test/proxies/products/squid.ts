import { type Product } from '../harness/product.js';

/** Its cache is in memory, and on. */
export const squid: Product = {
  name: 'Squid',
  scheme: 'https',
  caches: true,
  command: (snippets, { folder, localize }, write) => {
    const site = write('desk.conf', localize(snippets.block('squid')));
    const around = `
      include ${site}
      pid_filename ${folder}/squid.pid
      cache_log ${folder}/cache.log
      access_log none
      coredump_dir ${folder}
      netdb_filename none
      shutdown_lifetime 1 seconds`;
    return { program: 'squid', args: ['-N', '-f', write('squid.conf', around)] };
  },
};
