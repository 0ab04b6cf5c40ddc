import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const description = `Share access details inside a support ticket; they are destroyed when the ticket ends.
Errors are RFC 9457 problem documents with a stable \`code\`. Every response has \`X-Request-Id\`.`;

/** OpenAPI 3.1, made of the controllers. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const facts = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Private Credentials')
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  return SwaggerModule.createDocument(app, facts, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}`,
  });
}
