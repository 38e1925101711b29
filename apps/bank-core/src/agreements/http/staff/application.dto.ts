import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { OpenApplicationDto } from '../application.dto.js';

export class OpenForDto extends OpenApplicationDto {
  @ApiProperty({ pattern: '^epsp_[0-9a-z]{26}$' })
  @Matches(/^epsp_[0-9a-hjkmnp-tv-z]{26}$/)
  epspId: string;
}
