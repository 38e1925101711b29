import { Module } from '@nestjs/common';
import { NoticesService } from './notices.service.js';

/** For every process that brings something about: it writes notices and sends none. */
@Module({ providers: [NoticesService], exports: [NoticesService] })
export class NoticesModule {}
