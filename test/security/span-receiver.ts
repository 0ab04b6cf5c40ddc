import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /**
   * 2 of a request that was served, 3 of a call to something else:
   * https://opentelemetry.io/docs/specs/otlp/
   */
  readonly kind: number;
  readonly name: string;
  readonly attributes: readonly Attribute[];
}
interface Exported {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/**
 * Takes traces by OTLP over HTTP, and keeps every request as it
 * came in a file of its own.
 */
export class SpanReceiver {
  private constructor(
    private readonly server: Server,
    readonly folder: string,
  ) {}

  static async start(folder: string): Promise<SpanReceiver> {
    mkdirSync(folder, { recursive: true });
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        writeFileSync(
          join(folder, randomUUID()),
          Buffer.concat([Buffer.from(`${JSON.stringify(request.headers)}\n`), ...chunks]),
        );
        response.end('{}');
      });
    });
    // An exporter does not send again what met a connection that was just closed as idle.
    server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SpanReceiver(server, folder);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** All that came so far. */
  spans(): Span[] {
    const requests = readdirSync(this.folder).map((name) =>
      readFileSync(join(this.folder, name), 'utf8'),
    );
    const exported = requests.map((text) => JSON.parse(text.slice(text.indexOf('\n'))) as Exported);
    return exported.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
