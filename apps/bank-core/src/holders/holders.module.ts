import { Module } from '@nestjs/common';
import { HoldersService } from './holders.service.js';

@Module({ providers: [HoldersService], exports: [HoldersService] })
export class HoldersModule {}
