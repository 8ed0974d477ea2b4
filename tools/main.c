/* main.c -- wiredesk: placeholder until the commands land.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "wiredesk/version.h"

int main(void)
{
    printf("wiredesk %s\n", wd_version());
    return 0;
}
