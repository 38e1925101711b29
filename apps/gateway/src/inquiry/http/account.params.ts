import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';

const CHARS_MAX = 64;

export class AccountParams {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 })
  @IsString()
  @MaxLength(CHARS_MAX)
  bankCode: string;

  @ApiProperty({ pattern: '^acc_[0-9a-z]{26}$', maxLength: 30 })
  @IsString()
  @MaxLength(CHARS_MAX)
  accountId: string;

  /** The id, once it looks like one; what cannot exist is answered like what may not be seen. */
  known(): string {
    if (!isId('acc', this.accountId)) throw platformProblem('not_found');
    return this.accountId;
  }
}
