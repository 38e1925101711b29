import { Module } from '@nestjs/common';
import { ClientsService } from './clients.service.js';
import { ClientStore } from './storage/client.store.pg.js';

@Module({ providers: [ClientStore, ClientsService], exports: [ClientsService] })
export class ClientsModule {}
