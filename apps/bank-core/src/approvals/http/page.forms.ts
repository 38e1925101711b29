import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  type ValidationOptions,
} from 'class-validator';

const EACH: ValidationOptions = { each: true };

/** What every form carries: the token that only our own page knows (T-05). */
export class PageForm {
  @IsString()
  @MaxLength(64)
  interaction: string;
}

export class InstitutionForm extends PageForm {
  @IsOptional()
  @Matches(/^[0-9]{4}$/)
  institution?: string;
}

export class LoginForm extends PageForm {
  /** Without control characters: the database takes no U+0000, and nobody's id has any. */
  @Matches(/^\P{Cc}*$/u)
  @MaxLength(64)
  login: string;

  @IsString()
  @MaxLength(128)
  password: string;
}

export class AccountsForm extends PageForm {
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value : [value]))
  @ArrayMaxSize(50)
  @Matches(/^acc_[0-9a-hjkmnp-tv-z]{26}$/, EACH)
  account?: string[];
}

export class ConsentForm extends PageForm {
  @Matches(/^sha256:[0-9a-f]{64}$/)
  wording: string;
}

export class TransferForm extends PageForm {
  @IsString()
  @MaxLength(100)
  content: string;

  @IsString()
  @MaxLength(128)
  'confirmation-password': string;

  @IsOptional()
  @IsString()
  @MaxLength(8)
  otp?: string;
}
