import { Module } from '@nestjs/common';
import { ReadRecorder } from './read-recorder.js';
import { RecordsService } from './records.service.js';

@Module({ providers: [RecordsService, ReadRecorder], exports: [RecordsService] })
export class RecordsModule {}
