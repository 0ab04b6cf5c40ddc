import { Body, Controller, Get, Header, Module, Param, Post, Query } from '@nestjs/common';
import { Polled, Public, Roles } from '#http-server';
import { Problem } from '#problem';
import { parseBody, parseQuery } from '#requests';
import { CheckedFieldDto } from './dto.fixture.js';

export const secret = 'hunter2-s3cr3t';

@Controller('v1')
class ThingsController {
  @Post('things/:id')
  @Roles('customer')
  create(@Param('id') id: string, @Body() body: unknown) {
    if (id === 'gone') throw new Problem('not-found');
    return { name: parseBody(CheckedFieldDto, body).name };
  }

  @Get('forgotten')
  forgotten() {
    return { leaked: true };
  }

  @Get('broken')
  @Roles('customer')
  broken() {
    throw new Error(`invalid input: ${secret}`);
  }

  @Get('things')
  @Roles('customer')
  list(@Query() query: unknown) {
    return parseQuery(CheckedFieldDto, query);
  }

  @Get('polled')
  @Roles('customer')
  @Polled()
  polled(@Query() query: unknown) {
    return parseQuery(CheckedFieldDto, query);
  }

  @Get('kept')
  @Public()
  @Header('cache-control', 'public, max-age=60')
  kept(@Query('well') well: unknown) {
    if (well === undefined) throw new Problem('unavailable');
    return { kept: true };
  }

  @Get('open')
  @Public()
  open() {
    return { open: true };
  }
}

@Module({ controllers: [ThingsController] })
export class ThingsModule {}
