import { Module } from '@nestjs/common';
import { StaffService } from './staff.service.js';
import { StaffStore } from './storage/staff.store.pg.js';

@Module({ providers: [StaffStore, StaffService], exports: [StaffService] })
export class StaffModule {}
