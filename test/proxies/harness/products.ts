import { apache } from '../products/apache.js';
import { caddy } from '../products/caddy.js';
import { haproxy } from '../products/haproxy.js';
import { lighttpd } from '../products/lighttpd.js';
import { nginx } from '../products/nginx.js';
import { node } from '../products/node.js';
import { squid } from '../products/squid.js';
import { varnish } from '../products/varnish.js';

export const products = [nginx, apache, haproxy, varnish, caddy, lighttpd, squid, node];
