import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { MattersService } from './matters.service.js';

@Module({ imports: [InstitutionsModule], providers: [MattersService], exports: [MattersService] })
export class MattersModule {}
