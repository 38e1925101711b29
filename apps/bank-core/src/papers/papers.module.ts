import { Module } from '@nestjs/common';
import { HoldersModule } from '../holders/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { PapersController } from './http/papers.controller.js';
import { PapersService } from './papers.service.js';

@Module({
  imports: [RecordsModule, StaffModule, InstitutionsModule, HoldersModule],
  providers: [PapersService],
  controllers: [PapersController],
  exports: [PapersService],
})
export class PapersModule {}
