import { type Product } from '../harness/product.js';

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
const isRoot = process.getuid?.() === 0;

export const nginx: Product = {
  name: 'nginx',
  scheme: 'https',
  caches: true,
  spills: /buffered to a temporary file/,
  command: (snippets, { folder, localize }, write) => {
    const site = write('desk.conf', localize(snippets.block('nginx')));
    const around = `
      ${isRoot ? 'user root;' : ''}
      pid ${folder}/nginx.pid;
      worker_processes 1;
      events {}
      http {
        ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
        access_log off;
        gzip on;
        gzip_proxied any;
        gzip_types *;
        proxy_cache_path ${folder}/cache keys_zone=ordinary:1m;
        proxy_cache ordinary;
        proxy_cache_valid any 10m;
        include ${site};
      }`;
    return {
      program: 'nginx',
      args: [
        '-p',
        folder,
        '-c',
        write('nginx.conf', around),
        '-e',
        `${folder}/error.log`,
        '-g',
        'daemon off; error_log error.log warn;',
      ],
    };
  },
};

export const nginxBelowAPath: Product = {
  ...nginx,
  path: '/creds',
  command: (snippets, ...rest) => {
    const [top, below] = [snippets.after('in the place of'), snippets.after('Below a path')];
    return nginx.command(
      {
        ...snippets,
        block: (language) => snippets.block(language).replace(`${top} {`, `${below} {`),
      },
      ...rest,
    );
  },
};
