import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';

export class TemporaryPasswordDto {
  /** For the letter, once: it is not kept and cannot be read again. */
  @ApiProperty() password: string;
  @ApiProperty({ format: 'date' }) mailedOn: string;
  @ApiProperty({ format: 'date' }) lastDay: string;
}

export class FirstUseDto {
  @ApiProperty({ maxLength: 64 }) @IsString() @Length(1, 64) loginId: string;
  @ApiProperty() @Matches(/^[A-Z2-9]{12}$/) temporaryPassword: string;
  @ApiProperty({ minLength: 8, maxLength: 64 }) @IsString() @Length(8, 64) newPassword: string;
}

export class FirstUsedDto {
  @ApiProperty() registered: boolean;
}
